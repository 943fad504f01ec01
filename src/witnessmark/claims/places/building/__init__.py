"""Building a gazetteer pack from the files of public packages or from a GeoNames dump."""
