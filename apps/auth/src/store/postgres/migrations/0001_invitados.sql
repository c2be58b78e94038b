-- minimo: 0000_inicio
-- Who has no password yet, no address, or one that is compared with nobody's: guests, and customers whom staff
-- enter. An older version signs none of them in, and lists them.
ALTER TABLE usuarios ADD COLUMN invitado bigint NOT NULL DEFAULT 0
  CONSTRAINT usuarios_invitado CHECK ("invitado" IN (0, 1));
ALTER TABLE usuarios DROP CONSTRAINT usuarios_datos;
ALTER TABLE usuarios ADD CONSTRAINT usuarios_datos CHECK(CASE WHEN "eliminado_en" IS NULL
        THEN "nombre" IS NOT NULL
          AND CASE WHEN "email" IS NULL OR "invitado" = 1
            THEN "password_hash" IS NULL AND "rol" = 'cliente' ELSE 1 = 1 END
          AND CASE WHEN "invitado" = 1
            THEN "email" IS NOT NULL AND "email_clave" IS NULL
            ELSE ("email" IS NULL) = ("email_clave" IS NULL) END
        ELSE coalesce("email", "email_clave", "nombre", "password_hash",
          "cedula", "telefono") IS NULL AND "activo" = 0 END);
