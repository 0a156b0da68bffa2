"""Feeds polled with manners. The only room that touches the network, when told to."""
