"""Figures → words: a fact, how solid it is, a question. Says nothing that the release does not already show."""
