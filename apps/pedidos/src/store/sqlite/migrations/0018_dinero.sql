CREATE TABLE `resumen_dinero` (
	`nivel` integer NOT NULL,
	`moneda` text NOT NULL,
	`tramo` integer NOT NULL,
	`metodo` text NOT NULL,
	`cobrado` integer NOT NULL,
	`reembolsado` integer NOT NULL,
	`disputado` integer NOT NULL,
	PRIMARY KEY(`nivel`, `moneda`, `tramo`, `metodo`),
	CONSTRAINT "resumen_dinero_cobrado" CHECK("cobrado" >= 0)
);
--> statement-breakpoint
CREATE INDEX `pedido_movimientos_por_en` ON `pedido_movimientos` (`en`,`cobro_id`,`secuencia`);