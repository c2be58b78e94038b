CREATE TABLE `__new_resumen_tramos` (
	`nivel` integer NOT NULL,
	`moneda` text NOT NULL,
	`tramo` integer NOT NULL,
	`pedidos` integer NOT NULL,
	`completados` integer NOT NULL,
	`cancelados` integer NOT NULL,
	`ingresos` integer NOT NULL,
	`abonado` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`nivel`, `moneda`, `tramo`),
	CONSTRAINT "resumen_tramos_cuentas" CHECK("pedidos" >= 0 AND "completados" >= 0 AND "cancelados" >= 0 AND "ingresos" >= 0 AND "abonado" >= 0)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_resumen_tramos`("nivel", "moneda", "tramo", "pedidos", "completados", "cancelados", "ingresos") SELECT "nivel", "moneda", "tramo", "pedidos", "completados", "cancelados", "ingresos" FROM `resumen_tramos`;--> statement-breakpoint
DROP TABLE `resumen_tramos`;--> statement-breakpoint
ALTER TABLE `__new_resumen_tramos` RENAME TO `resumen_tramos`;--> statement-breakpoint
CREATE TABLE `__new_resumen_vendidos` (
	`nivel` integer NOT NULL,
	`tramo` integer NOT NULL,
	`producto` integer NOT NULL,
	`unidades` integer NOT NULL,
	`ingresos` integer NOT NULL,
	PRIMARY KEY(`nivel`, `tramo`, `producto`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_resumen_vendidos`("nivel", "tramo", "producto", "unidades", "ingresos") SELECT "nivel", "tramo", "producto", "unidades", "ingresos" FROM `resumen_vendidos`;--> statement-breakpoint
DROP TABLE `resumen_vendidos`;--> statement-breakpoint
ALTER TABLE `__new_resumen_vendidos` RENAME TO `resumen_vendidos`;
