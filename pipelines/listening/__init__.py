"""The door that listens: a loopback process that takes one delivery at a time and answers with its receipt.

It composes intake and validation as the command line does, for one file; it opens neither the warehouse nor a release.
"""
