CREATE TABLE `descartes` (
	`id` text PRIMARY KEY NOT NULL,
	`motivo` text NOT NULL,
	`desde` integer NOT NULL,
	`intentos` integer NOT NULL,
	`proximo_intento_en` integer NOT NULL,
	`ultimo_error` text,
	`cerrado_en` integer
);
--> statement-breakpoint
CREATE INDEX `descartes_por_liberar` ON `descartes` (`proximo_intento_en`,`desde`) WHERE "cerrado_en" IS NULL;--> statement-breakpoint
CREATE INDEX `descartes_por_cierre` ON `descartes` (`cerrado_en`) WHERE "cerrado_en" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `idempotencia` (
	`usuario_id` text NOT NULL,
	`clave` text NOT NULL,
	`huella` text NOT NULL,
	`numero` integer,
	`negativa` text,
	`creada_en` integer NOT NULL,
	PRIMARY KEY(`usuario_id`, `clave`),
	FOREIGN KEY (`numero`) REFERENCES `pedidos`(`numero`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "idempotencia_respuesta" CHECK(("numero" IS NULL) <> ("negativa" IS NULL))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `idempotencia_por_creacion` ON `idempotencia` (`creada_en`);--> statement-breakpoint
CREATE TABLE `marcas` (
	`nombre` text PRIMARY KEY NOT NULL,
	`valor` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pedido_corridas` (
	`numero` integer NOT NULL,
	`orden` integer NOT NULL,
	`operacion` text NOT NULL,
	`actor` text NOT NULL,
	`traza` text NOT NULL,
	`resultado` text NOT NULL,
	`en` integer NOT NULL,
	`duracion_us` integer NOT NULL,
	`pasos` text NOT NULL,
	`veces` integer NOT NULL,
	`hasta` integer NOT NULL,
	PRIMARY KEY(`numero`, `orden`),
	FOREIGN KEY (`numero`) REFERENCES `pedidos`(`numero`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `pedido_eventos` (
	`secuencia` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`numero` integer NOT NULL,
	`estado` text NOT NULL,
	`motivo` text,
	`actor` text NOT NULL,
	`en` integer NOT NULL,
	FOREIGN KEY (`numero`) REFERENCES `pedidos`(`numero`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pedido_eventos_por_pedido` ON `pedido_eventos` (`numero`);--> statement-breakpoint
CREATE TABLE `pedido_lineas` (
	`numero` integer NOT NULL,
	`posicion` integer NOT NULL,
	`producto_id` text NOT NULL,
	`sku` text NOT NULL,
	`nombre` text NOT NULL,
	`cantidad` integer NOT NULL,
	`precio_unitario` integer NOT NULL,
	PRIMARY KEY(`numero`, `posicion`),
	FOREIGN KEY (`numero`) REFERENCES `pedidos`(`numero`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "pedido_lineas_cantidad" CHECK("cantidad" BETWEEN 1 AND 1000000),
	CONSTRAINT "pedido_lineas_precio" CHECK("precio_unitario" BETWEEN 0 AND 1000000000000)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `pedidos` (
	`numero` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`cliente_id` text NOT NULL,
	`creado_por` text NOT NULL,
	`estado` text NOT NULL,
	`version` integer NOT NULL,
	`intencion` text,
	`intencion_actor` text,
	`intencion_motivo` text,
	`intencion_desde` integer,
	`intentos` integer NOT NULL,
	`proximo_intento_en` integer,
	`ultimo_error` text,
	`total` integer NOT NULL,
	`moneda` text NOT NULL,
	`notas` text,
	`direccion_envio` text,
	`motivo` text,
	`expira_en` integer NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "pedidos_estado" CHECK("estado" IN ('Pendiente', 'Completado', 'Cancelado')),
	CONSTRAINT "pedidos_proposito" CHECK("intencion" IN ('completar', 'cancelar', 'expirar')),
	CONSTRAINT "pedidos_intencion" CHECK("intencion" IS NULL OR "estado" = 'Pendiente'),
	CONSTRAINT "pedidos_intencion_entera" CHECK(("intencion" IS NULL) = ("intencion_actor" IS NULL) AND ("intencion" IS NULL) = ("intencion_desde" IS NULL) AND ("intencion" IS NULL) = ("proximo_intento_en" IS NULL)),
	CONSTRAINT "pedidos_motivo" CHECK("motivo" IS NULL OR "estado" = 'Cancelado'),
	CONSTRAINT "pedidos_total" CHECK("total" BETWEEN 0 AND 1000000000000)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pedidos_id_unique` ON `pedidos` (`id`);--> statement-breakpoint
CREATE INDEX `pedidos_por_cliente` ON `pedidos` (`cliente_id`);--> statement-breakpoint
CREATE INDEX `pedidos_por_estado` ON `pedidos` (`estado`);--> statement-breakpoint
CREATE INDEX `pedidos_por_creacion` ON `pedidos` (`creado_en`);--> statement-breakpoint
CREATE INDEX `pedidos_con_intencion` ON `pedidos` (`proximo_intento_en`,`intencion`,`intencion_desde`) WHERE "intencion" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `pedidos_por_vencer` ON `pedidos` (`expira_en`) WHERE "estado" = 'Pendiente' AND "intencion" IS NULL;