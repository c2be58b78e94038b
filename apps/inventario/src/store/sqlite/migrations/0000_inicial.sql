CREATE TABLE `existencias` (
	`producto_id` text PRIMARY KEY NOT NULL,
	`fisico` integer NOT NULL,
	`reservado` integer NOT NULL,
	`umbral_minimo` integer NOT NULL,
	`version` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "existencias_reservado" CHECK(0 <= "reservado" AND "reservado" <= "fisico"),
	CONSTRAINT "existencias_fisico" CHECK("fisico" <= 1000000000000),
	CONSTRAINT "existencias_umbral" CHECK("umbral_minimo" >= 0)
);
--> statement-breakpoint
CREATE INDEX `existencias_bajo_minimo` ON `existencias` (`producto_id`) WHERE "umbral_minimo" >= "fisico" - "reservado";--> statement-breakpoint
CREATE TABLE `idempotencia` (
	`usuario_id` text NOT NULL,
	`clave` text NOT NULL,
	`huella` text NOT NULL,
	`resultado` text NOT NULL,
	`creada_en` integer NOT NULL,
	PRIMARY KEY(`usuario_id`, `clave`)
);
--> statement-breakpoint
CREATE INDEX `idempotencia_por_creacion` ON `idempotencia` (`creada_en`);--> statement-breakpoint
CREATE TABLE `movimientos` (
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
	FOREIGN KEY (`producto_id`) REFERENCES `existencias`(`producto_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "movimientos_signo" CHECK(CASE "tipo" WHEN 'ENTRADA' THEN "cantidad" > 0 WHEN 'SALIDA' THEN "cantidad" < 0
        WHEN 'VENTA' THEN "cantidad" < 0 WHEN 'AJUSTE' THEN 1 ELSE 0 END),
	CONSTRAINT "movimientos_fisico" CHECK("fisico_resultante" >= 0),
	CONSTRAINT "movimientos_origen" CHECK(("tipo" = 'VENTA') = ("pedido_id" IS NOT NULL) AND ("pedido_id" IS NULL) = ("usuario_id" IS NOT NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `movimientos_id_unique` ON `movimientos` (`id`);--> statement-breakpoint
CREATE INDEX `movimientos_por_producto` ON `movimientos` (`producto_id`);--> statement-breakpoint
CREATE TABLE `reserva_lineas` (
	`pedido_id` text NOT NULL,
	`producto_id` text NOT NULL,
	`cantidad` integer NOT NULL,
	PRIMARY KEY(`pedido_id`, `producto_id`),
	FOREIGN KEY (`pedido_id`) REFERENCES `reservas`(`pedido_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`producto_id`) REFERENCES `existencias`(`producto_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reserva_lineas_cantidad" CHECK("cantidad" >= 1)
);
--> statement-breakpoint
CREATE TABLE `reservas` (
	`pedido_id` text PRIMARY KEY NOT NULL,
	`estado` text NOT NULL,
	`expira_en` integer NOT NULL,
	`creada_en` integer NOT NULL,
	`cerrada_en` integer,
	CONSTRAINT "reservas_estado" CHECK("estado" IN ('activa', 'confirmada', 'liberada', 'expirada')),
	CONSTRAINT "reservas_cierre" CHECK(("estado" = 'activa') = ("cerrada_en" IS NULL))
);
--> statement-breakpoint
CREATE INDEX `reservas_activas_por_vencimiento` ON `reservas` (`expira_en`) WHERE "estado" = 'activa';--> statement-breakpoint
CREATE INDEX `reservas_activas_por_creacion` ON `reservas` (`creada_en`,`pedido_id`) WHERE "estado" = 'activa';