CREATE TABLE `instalacion` (
	`n` integer PRIMARY KEY NOT NULL,
	`pedidos` text NOT NULL,
	`desde` integer NOT NULL,
	CONSTRAINT "instalacion_una" CHECK("n" = 1)
);
