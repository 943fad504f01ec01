"""The desk in a browser: pages over the façade's :class:`~witnessmark.desk.Desk`, on loopback, with nothing fetched from elsewhere."""
