"""What runs the product on one machine: environment, assets, PostgreSQL, a broker and their supervisor."""
