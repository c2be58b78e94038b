CREATE TABLE `precios` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`producto_n` integer NOT NULL,
	`precio` integer NOT NULL,
	`desde` integer NOT NULL,
	`usuario_id` text NOT NULL,
	FOREIGN KEY (`producto_n`) REFERENCES `productos`(`n`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "precios_precio" CHECK("precios"."precio" BETWEEN 0 AND 1000000000000)
);
--> statement-breakpoint
CREATE INDEX `precios_de_producto` ON `precios` (`producto_n`);--> statement-breakpoint
CREATE TABLE `productos` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`sku` text NOT NULL,
	`nombre` text NOT NULL,
	`nombre_plegado` text NOT NULL,
	`descripcion` text NOT NULL,
	`precio` integer NOT NULL,
	`categoria` text,
	`categoria_plegada` text,
	`imagen_url` text,
	`atributos` text NOT NULL,
	`activo` integer NOT NULL,
	`version` integer NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "productos_precio" CHECK("productos"."precio" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "productos_activo" CHECK("productos"."activo" IN (0, 1)),
	CONSTRAINT "productos_version" CHECK("productos"."version" >= 1),
	CONSTRAINT "productos_textos" CHECK("productos"."sku" <> '' AND "productos"."nombre" <> ''),
	CONSTRAINT "productos_atributos" CHECK(json_valid("productos"."atributos"))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `productos_id_unique` ON `productos` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `productos_sku` ON `productos` ("sku" COLLATE NOCASE);--> statement-breakpoint
CREATE INDEX `productos_por_nombre` ON `productos` (`activo`,`nombre_plegado`);--> statement-breakpoint
CREATE INDEX `productos_por_precio` ON `productos` (`activo`,`precio`);--> statement-breakpoint
CREATE INDEX `productos_por_creacion` ON `productos` (`activo`,`creado_en`);--> statement-breakpoint
CREATE INDEX `productos_categoria_por_nombre` ON `productos` (`activo`,`categoria_plegada`,`nombre_plegado`);--> statement-breakpoint
CREATE INDEX `productos_categoria_por_precio` ON `productos` (`activo`,`categoria_plegada`,`precio`);--> statement-breakpoint
CREATE INDEX `productos_categoria_por_creacion` ON `productos` (`activo`,`categoria_plegada`,`creado_en`);--> statement-breakpoint
CREATE INDEX `productos_categorias` ON `productos` (`activo`,`categoria_plegada`,`categoria`);