-- Who this database is, for as long as it is: a random UUID (RFC 9562, version 4). inventario keeps
-- stock for one pedidos, and knows it by this.
INSERT INTO `marcas` (`nombre`, `valor`)
	VALUES ('instalacion', lower(
		hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' ||
		substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))));
