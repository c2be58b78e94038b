ALTER TABLE `usuarios` ADD `email_confirmado_en` integer;--> statement-breakpoint
-- Addresses were not confirmed until now: who has an account already goes on as before.
UPDATE usuarios SET email_confirmado_en = creado_en WHERE eliminado_en IS NULL;
