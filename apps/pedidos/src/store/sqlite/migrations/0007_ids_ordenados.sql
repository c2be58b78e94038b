-- As of when an idempotency key that says its moment gives an id that begins with it. What was bought
-- before this version may be asked for again for a day, and must come to the id that it had.
INSERT INTO `marcas` (`nombre`, `valor`)
	SELECT 'ids-ordenados-desde', CAST(iif(EXISTS (SELECT 1 FROM `pedidos`), CAST(unixepoch('subsec') * 1000 AS integer) + 86400000, 0) AS text);
