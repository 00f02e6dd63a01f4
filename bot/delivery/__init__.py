"""Updates in, calls out: nothing is acknowledged before it is kept, nothing is sent but from the outbox."""
