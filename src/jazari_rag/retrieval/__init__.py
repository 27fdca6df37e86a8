"""Retrievers, and retrievers that wrap retrievers: lexical, dense, fused, reranked."""
