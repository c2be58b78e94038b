CREATE TABLE `__new_reservas` (
	`n` integer PRIMARY KEY NOT NULL,
	`pedido_id` text NOT NULL,
	`estado` text NOT NULL,
	`expira_en` integer NOT NULL,
	`creada_en` integer NOT NULL,
	`cerrada_en` integer,
	CONSTRAINT "reservas_estado" CHECK("estado" IN ('activa', 'confirmada', 'liberada', 'expirada')),
	CONSTRAINT "reservas_cierre" CHECK(("estado" = 'activa') = ("cerrada_en" IS NULL))
);
--> statement-breakpoint
INSERT INTO `__new_reservas`("n", "pedido_id", "estado", "expira_en", "creada_en", "cerrada_en") SELECT "rowid", "pedido_id", "estado", "expira_en", "creada_en", "cerrada_en" FROM `reservas` ORDER BY "rowid";--> statement-breakpoint
CREATE TABLE `__new_reserva_lineas` (
	`reserva_n` integer NOT NULL,
	`producto_id` text NOT NULL,
	`cantidad` integer NOT NULL,
	PRIMARY KEY(`reserva_n`, `producto_id`),
	FOREIGN KEY (`reserva_n`) REFERENCES `reservas`(`n`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`producto_id`) REFERENCES `existencias`(`producto_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reserva_lineas_cantidad" CHECK("cantidad" >= 1)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_reserva_lineas`("reserva_n", "producto_id", "cantidad") SELECT r."rowid", l."producto_id", l."cantidad" FROM `reservas` r CROSS JOIN `reserva_lineas` l ON l."pedido_id" = r."pedido_id" ORDER BY r."rowid";--> statement-breakpoint
DROP TABLE `reserva_lineas`;--> statement-breakpoint
DROP TABLE `reservas`;--> statement-breakpoint
ALTER TABLE `__new_reservas` RENAME TO `reservas`;--> statement-breakpoint
ALTER TABLE `__new_reserva_lineas` RENAME TO `reserva_lineas`;--> statement-breakpoint
CREATE UNIQUE INDEX `reservas_pedido_id_unique` ON `reservas` (`pedido_id`);--> statement-breakpoint
CREATE INDEX `reservas_activas_por_vencimiento` ON `reservas` (`expira_en`) WHERE "estado" = 'activa';--> statement-breakpoint
CREATE INDEX `reservas_activas_por_creacion` ON `reservas` (`creada_en`,`pedido_id`) WHERE "estado" = 'activa';--> statement-breakpoint
CREATE TRIGGER `reserva_lineas_sin_cambios` BEFORE UPDATE ON `reserva_lineas`
BEGIN SELECT RAISE(ABORT, 'the lines of a reservation never change'); END;
--> statement-breakpoint
CREATE TRIGGER `reserva_lineas_sin_borrado` BEFORE DELETE ON `reserva_lineas`
BEGIN SELECT RAISE(ABORT, 'the lines of a reservation never change'); END;
--> statement-breakpoint
CREATE TRIGGER `reservas_cerradas` BEFORE UPDATE ON `reservas` WHEN OLD.`estado` <> 'activa'
BEGIN SELECT RAISE(ABORT, 'a closed reservation never changes'); END;
--> statement-breakpoint
CREATE TRIGGER `reservas_sin_borrado` BEFORE DELETE ON `reservas`
BEGIN SELECT RAISE(ABORT, 'reservations are kept'); END;
