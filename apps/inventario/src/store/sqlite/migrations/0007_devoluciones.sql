CREATE TABLE `__new_movimientos` (
	`secuencia` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`producto_id` text NOT NULL,
	`tipo` text NOT NULL,
	`cantidad` integer NOT NULL,
	`fisico_resultante` integer NOT NULL,
	`motivo` text,
	`pedido_id` text,
	`usuario_id` text,
	`creado_en` integer NOT NULL,
	`acto_id` text,
	`ubicacion` text DEFAULT 'principal' NOT NULL,
	FOREIGN KEY (`producto_id`) REFERENCES `existencias`(`producto_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "movimientos_signo" CHECK(CASE "tipo" WHEN 'ENTRADA' THEN "cantidad" > 0 WHEN 'SALIDA' THEN "cantidad" < 0
        WHEN 'VENTA' THEN "cantidad" < 0 WHEN 'DEVOLUCION' THEN "cantidad" > 0
        WHEN 'AJUSTE' THEN 1 ELSE 0 END),
	CONSTRAINT "movimientos_fisico" CHECK("fisico_resultante" >= 0),
	CONSTRAINT "movimientos_origen" CHECK(("tipo" IN ('VENTA', 'DEVOLUCION')) = ("pedido_id" IS NOT NULL) AND ("pedido_id" IS NULL) = ("usuario_id" IS NOT NULL)),
	CONSTRAINT "movimientos_acto" CHECK(("tipo" <> 'DEVOLUCION' OR "acto_id" IS NOT NULL) AND ("acto_id" IS NULL OR "pedido_id" IS NOT NULL))
);
--> statement-breakpoint
INSERT INTO `__new_movimientos`("secuencia", "id", "producto_id", "tipo", "cantidad", "fisico_resultante", "motivo", "pedido_id", "usuario_id", "creado_en") SELECT "secuencia", "id", "producto_id", "tipo", "cantidad", "fisico_resultante", "motivo", "pedido_id", "usuario_id", "creado_en" FROM `movimientos` ORDER BY "secuencia";--> statement-breakpoint
DROP TABLE `movimientos`;--> statement-breakpoint
ALTER TABLE `__new_movimientos` RENAME TO `movimientos`;--> statement-breakpoint
CREATE UNIQUE INDEX `movimientos_id_unique` ON `movimientos` (`id`);--> statement-breakpoint
CREATE INDEX `movimientos_por_producto` ON `movimientos` (`producto_id`);--> statement-breakpoint
CREATE INDEX `movimientos_por_pedido` ON `movimientos` (`pedido_id`) WHERE "pedido_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `movimientos_por_acto` ON `movimientos` (`acto_id`,`producto_id`) WHERE "acto_id" IS NOT NULL;--> statement-breakpoint
CREATE TRIGGER `movimientos_sin_cambios` BEFORE UPDATE ON `movimientos`
BEGIN SELECT RAISE(ABORT, 'movimientos is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `movimientos_sin_borrado` BEFORE DELETE ON `movimientos`
BEGIN SELECT RAISE(ABORT, 'movimientos is append-only'); END;
