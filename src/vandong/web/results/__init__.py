"""Pages of results: what approaches brought, agreements without proof, money on its way, filled forms."""
