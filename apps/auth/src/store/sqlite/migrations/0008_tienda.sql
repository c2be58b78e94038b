CREATE TABLE `tienda` (
	`id` integer PRIMARY KEY NOT NULL,
	`cara` text NOT NULL,
	`version` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "tienda_una" CHECK("tienda"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `tienda_imagenes` (
	`uso` text NOT NULL,
	`huella` text NOT NULL,
	`tipo` text NOT NULL,
	`ancho` integer,
	`alto` integer,
	`libre_desde` integer,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`uso`, `huella`),
	CONSTRAINT "tienda_imagenes_uso" CHECK("tienda_imagenes"."uso" IN ('logo', 'icono', 'portada')),
	CONSTRAINT "tienda_imagenes_huella" CHECK(length("tienda_imagenes"."huella") = 64),
	CONSTRAINT "tienda_imagenes_tipo" CHECK("tienda_imagenes"."tipo" IN ('image/png', 'image/jpeg', 'image/webp', 'image/svg+xml')),
	CONSTRAINT "tienda_imagenes_bytes" CHECK(length("tienda_imagenes"."bytes") BETWEEN 1 AND 524288)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tienda_imagenes_en_uso` ON `tienda_imagenes` (`uso`) WHERE "tienda_imagenes"."libre_desde" IS NULL;