"""The Insight page: what the sales say."""
