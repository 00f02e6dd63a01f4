"""A month of a county, played through the real services by people drawn at random, on a clock of its own."""
