CREATE TABLE `imagenes` (
	`hash` text PRIMARY KEY NOT NULL,
	`tipo` text NOT NULL,
	`bytes` blob NOT NULL,
	`creado_en` integer NOT NULL,
	`libre_desde` integer,
	CONSTRAINT "imagenes_hash" CHECK(length("imagenes"."hash") = 64),
	CONSTRAINT "imagenes_tipo" CHECK("imagenes"."tipo" IN ('image/png', 'image/jpeg', 'image/webp', 'image/avif')),
	CONSTRAINT "imagenes_bytes" CHECK(length("imagenes"."bytes") BETWEEN 1 AND 2097152)
);
--> statement-breakpoint
CREATE INDEX `imagenes_libres` ON `imagenes` (`libre_desde`) WHERE "imagenes"."libre_desde" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `productos_por_imagen` ON `productos` (`imagen_url`) WHERE "productos"."imagen_url" IS NOT NULL;