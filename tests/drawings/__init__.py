"""The drawings of the pages on methods: each is drawn by the methods themselves, from the verified table of its page."""
