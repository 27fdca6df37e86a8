"""`python -m jazari_rag` is the command `jazari`."""

import sys

from jazari_rag.cli import main

if __name__ == "__main__":
    sys.exit(main())
