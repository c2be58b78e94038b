ALTER TABLE `usuarios` ADD `cedula_clave` text;--> statement-breakpoint
-- Of several accounts with one number, written with dots, dashes or capitals, the oldest gets the key.
-- The others keep the number as text until somebody edits it.
UPDATE usuarios SET cedula_clave = lower(replace(replace(cedula, '-', ''), '.', ''))
  WHERE numero IN (
    SELECT min(numero) FROM usuarios WHERE cedula IS NOT NULL
      GROUP BY lower(replace(replace(cedula, '-', ''), '.', ''))
  );--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_cedula_clave_unique` ON `usuarios` (`cedula_clave`);--> statement-breakpoint
-- Telephones are kept as they are dialled.
UPDATE usuarios SET telefono = replace(replace(replace(replace(replace(
    iif(telefono LIKE '+%', replace(telefono, '(0)', ''), telefono),
    ' ', ''), '(', ''), ')', ''), '.', ''), '-', '')
  WHERE telefono IS NOT NULL;
