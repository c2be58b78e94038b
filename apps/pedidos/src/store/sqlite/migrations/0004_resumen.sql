CREATE TABLE `resumen_productos` (
	`clave` integer PRIMARY KEY NOT NULL,
	`producto_id` text NOT NULL,
	`moneda` text NOT NULL,
	`sku` text NOT NULL,
	`nombre` text NOT NULL,
	`numero` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `resumen_productos_por_id` ON `resumen_productos` (`producto_id`,`moneda`);--> statement-breakpoint
CREATE TABLE `resumen_tramos` (
	`nivel` integer NOT NULL,
	`moneda` text NOT NULL,
	`tramo` integer NOT NULL,
	`pedidos` integer NOT NULL,
	`completados` integer NOT NULL,
	`cancelados` integer NOT NULL,
	`ingresos` integer NOT NULL,
	PRIMARY KEY(`nivel`, `moneda`, `tramo`),
	CONSTRAINT "resumen_tramos_cuentas" CHECK("pedidos" >= 0 AND "completados" >= 0 AND "cancelados" >= 0 AND "ingresos" >= 0)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `resumen_vendidos` (
	`nivel` integer NOT NULL,
	`tramo` integer NOT NULL,
	`producto` integer NOT NULL,
	`unidades` integer NOT NULL,
	`ingresos` integer NOT NULL,
	PRIMARY KEY(`nivel`, `tramo`, `producto`),
	CONSTRAINT "resumen_vendidos_cuentas" CHECK("unidades" >= 0 AND "ingresos" >= 0)
) WITHOUT ROWID;
