"""Where deliveries come from: a folder, TLC's site, or the generator."""
