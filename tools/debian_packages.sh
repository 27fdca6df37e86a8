#!/bin/sh
# Installs the Debian packages that tests of the extras, and those that lay out pages, need. Without root or apt, says what is missing.
set -eu
missing=""
for package in tesseract-ocr tesseract-ocr-ara tesseract-ocr-fra fonts-dejavu-core fonts-hosny-amiri \
    fontconfig libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "Please install:$missing" >&2
    exit 1
fi
