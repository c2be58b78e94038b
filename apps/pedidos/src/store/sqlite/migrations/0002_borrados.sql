CREATE TABLE `clientes_borrados` (
	`id` text PRIMARY KEY NOT NULL,
	`anotado_en` integer NOT NULL,
	`hasta_numero` integer DEFAULT 0 NOT NULL,
	`terminado_en` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `clientes_por_borrar` ON `clientes_borrados` (`anotado_en`) WHERE "terminado_en" IS NULL;