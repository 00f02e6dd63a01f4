"""The city's own data: departments, towns, limits and calendar, as TOML, and how it is read."""
