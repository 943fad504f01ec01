"""Formats of other programs: GeoPackage, KML, spreadsheet workbooks."""
