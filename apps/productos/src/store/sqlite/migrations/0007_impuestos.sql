CREATE TABLE `impuestos` (
	`codigo` text NOT NULL,
	`desde` integer NOT NULL,
	`nombre` text NOT NULL,
	`tasa` integer NOT NULL,
	`modo` text NOT NULL,
	`escrito_en` integer NOT NULL,
	PRIMARY KEY(`codigo`, `desde`),
	CONSTRAINT "impuestos_textos" CHECK("impuestos"."codigo" <> '' AND "impuestos"."nombre" <> ''),
	CONSTRAINT "impuestos_tasa" CHECK("impuestos"."tasa" BETWEEN 0 AND 10000),
	CONSTRAINT "impuestos_modo" CHECK("impuestos"."modo" IN ('incluido', 'por-dentro')),
	CONSTRAINT "impuestos_desde" CHECK("impuestos"."escrito_en" <= "impuestos"."desde")
);
--> statement-breakpoint
ALTER TABLE `productos` ADD `clase_impuesto` text DEFAULT 'general' NOT NULL
	CONSTRAINT "productos_clase_impuesto" CHECK (clase_impuesto <> '');--> statement-breakpoint
ALTER TABLE `productos` ADD `peso_gramos` integer
	CONSTRAINT "productos_peso" CHECK (peso_gramos BETWEEN 0 AND 1000000000);--> statement-breakpoint
-- What was sold at a rate was sold at it: only what has not begun by the moment of writing is written over.
CREATE TRIGGER impuestos_empezados BEFORE UPDATE ON impuestos
	WHEN new.escrito_en >= old.desde OR new.codigo <> old.codigo OR new.desde <> old.desde BEGIN
	SELECT RAISE(ABORT, 'a rate that has begun stays');
END;
--> statement-breakpoint
CREATE TRIGGER impuestos_sin_borrados BEFORE DELETE ON impuestos BEGIN
	SELECT RAISE(ABORT, 'a rate that has begun stays');
END;
