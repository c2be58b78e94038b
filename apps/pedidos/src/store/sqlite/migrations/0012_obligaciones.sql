-- What must happen and has not yet, in one place. Discards and erased customers stay as what is so for good.
CREATE TABLE `obligaciones` (
	`tipo` text NOT NULL,
	`clave` text NOT NULL,
	`datos` text NOT NULL,
	`intentos` integer NOT NULL,
	`proxima_en` integer NOT NULL,
	`ultimo_error` text,
	`desde` integer NOT NULL,
	`traza` text,
	PRIMARY KEY(`tipo`, `clave`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `obligaciones` (`tipo`, `clave`, `datos`, `intentos`, `proxima_en`, `ultimo_error`, `desde`)
	SELECT 'soltar-reserva', `id`, '{}', `intentos`, `proximo_intento_en`, `ultimo_error`, `desde`
	FROM `descartes` WHERE "cerrado_en" IS NULL
	UNION ALL
	SELECT 'olvidar-cliente', `id`, '{}', 0, `anotado_en`, NULL, `anotado_en`
	FROM `clientes_borrados` WHERE "terminado_en" IS NULL;
--> statement-breakpoint
CREATE INDEX `obligaciones_por_hacer` ON `obligaciones` (`tipo`,`proxima_en`);--> statement-breakpoint
DROP INDEX `clientes_por_borrar`;--> statement-breakpoint
ALTER TABLE `clientes_borrados` DROP COLUMN `terminado_en`;--> statement-breakpoint
DROP INDEX `descartes_por_liberar`;--> statement-breakpoint
DROP INDEX `descartes_por_cierre`;--> statement-breakpoint
CREATE INDEX `descartes_por_edad` ON `descartes` (`desde`);--> statement-breakpoint
ALTER TABLE `descartes` DROP COLUMN `intentos`;--> statement-breakpoint
ALTER TABLE `descartes` DROP COLUMN `proximo_intento_en`;--> statement-breakpoint
ALTER TABLE `descartes` DROP COLUMN `ultimo_error`;--> statement-breakpoint
ALTER TABLE `descartes` DROP COLUMN `cerrado_en`;
