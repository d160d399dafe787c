"""The embedded model's process: llama.cpp's own server as a child, and the asyncio side that keeps it well."""
