"""Adapters to AI services: pure asyncio, nothing of Django, of sockets or of users."""
