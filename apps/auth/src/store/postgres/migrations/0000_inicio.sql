-- What SQLite's migrations come to, for PostgreSQL 13 and later. Numbers, sequences and moments are bigint,
-- truth is 0 or 1, texts are ordered by their bytes.

-- For triggers: refuses what they are asked about, with their own words.
CREATE FUNCTION prohibir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TABLE auditoria (
  numero bigint NOT NULL PRIMARY KEY,
  en bigint NOT NULL,
  accion text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C",
  sujeto_id text COLLATE "C",
  red text COLLATE "C",
  detalle text COLLATE "C"
);

CREATE TABLE usuarios (
  numero bigint NOT NULL PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  email text COLLATE "C",
  email_clave text COLLATE "C",
  password_hash text COLLATE "C",
  nombre text COLLATE "C",
  cedula text COLLATE "C",
  cedula_clave text COLLATE "C",
  telefono text COLLATE "C",
  rol text COLLATE "C" NOT NULL,
  activo bigint NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  email_confirmado_en bigint,
  palabras text COLLATE "C",
  eliminado_en bigint,
  CONSTRAINT usuarios_rol CHECK ("rol" IN ('cliente', 'operador', 'admin')),
  CONSTRAINT usuarios_activo CHECK ("activo" IN (0, 1)),
  CONSTRAINT usuarios_datos CHECK (CASE WHEN "eliminado_en" IS NULL
        THEN "email" IS NOT NULL AND "email_clave" IS NOT NULL
          AND "nombre" IS NOT NULL AND "password_hash" IS NOT NULL
        ELSE coalesce("email", "email_clave", "nombre", "password_hash",
          "cedula", "telefono") IS NULL AND "activo" = 0 END),
  CONSTRAINT usuarios_palabras CHECK ("palabras" IS NULL OR "eliminado_en" IS NULL)
);
CREATE UNIQUE INDEX usuarios_id_unique ON usuarios (id);

CREATE TABLE confirmaciones (
  usuario_id text COLLATE "C" NOT NULL PRIMARY KEY,
  hash text COLLATE "C" NOT NULL,
  caduca_en bigint NOT NULL,
  FOREIGN KEY (usuario_id) REFERENCES usuarios (id)
);

CREATE TABLE correos (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  tipo text COLLATE "C" NOT NULL,
  usuario_id text COLLATE "C" NOT NULL,
  token text COLLATE "C",
  estado text COLLATE "C" NOT NULL,
  intentos bigint NOT NULL DEFAULT 0,
  fallo text COLLATE "C",
  creado_en bigint NOT NULL,
  caduca_en bigint NOT NULL,
  proximo_en bigint,
  terminado_en bigint,
  FOREIGN KEY (usuario_id) REFERENCES usuarios (id),
  CONSTRAINT correos_estado CHECK ("estado" IN ('pendiente', 'enviado', 'abandonado')),
  CONSTRAINT correos_secreto CHECK (CASE WHEN "estado" = 'pendiente'
        THEN "token" IS NOT NULL AND "proximo_en" IS NOT NULL
          AND "terminado_en" IS NULL
        ELSE "token" IS NULL AND "proximo_en" IS NULL
          AND "terminado_en" IS NOT NULL END)
);

-- On one machine they are files of DATA_DIR. Here all processes of auth share them, sealed.
CREATE TABLE claves_firma (
  kid text COLLATE "C" NOT NULL PRIMARY KEY,
  firma_desde bigint NOT NULL,
  pkcs8 text COLLATE "C" NOT NULL
);

CREATE TABLE cuentas_servicio (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  scopes text COLLATE "C" NOT NULL,
  activa bigint NOT NULL DEFAULT 1,
  creada_en bigint NOT NULL
);

CREATE TABLE frenos (
  clave text COLLATE "C" NOT NULL PRIMARY KEY,
  fallos bigint NOT NULL,
  hasta_en bigint NOT NULL,
  ultimo_en bigint NOT NULL
);

CREATE TABLE sesiones (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  usuario_id text COLLATE "C" NOT NULL,
  dispositivo text COLLATE "C",
  direccion text COLLATE "C",
  creada_en bigint NOT NULL,
  ultimo_uso_en bigint NOT NULL,
  expira_en bigint NOT NULL,
  cerrada_en bigint,
  FOREIGN KEY (usuario_id) REFERENCES usuarios (id)
);

CREATE TABLE refrescos (
  hash text COLLATE "C" NOT NULL PRIMARY KEY,
  sesion_id text COLLATE "C" NOT NULL,
  creado_en bigint NOT NULL,
  usado_en bigint,
  semilla text COLLATE "C",
  FOREIGN KEY (sesion_id) REFERENCES sesiones (id) ON DELETE CASCADE
);

CREATE TABLE restablecimientos (
  usuario_id text COLLATE "C" NOT NULL PRIMARY KEY,
  hash text COLLATE "C" NOT NULL,
  caduca_en bigint NOT NULL,
  FOREIGN KEY (usuario_id) REFERENCES usuarios (id)
);

CREATE TABLE secretos_servicio (
  hash text COLLATE "C" NOT NULL PRIMARY KEY,
  cuenta_id text COLLATE "C" NOT NULL,
  creado_en bigint NOT NULL,
  caduca_en bigint,
  FOREIGN KEY (cuenta_id) REFERENCES cuentas_servicio (id)
);

CREATE TABLE tienda (
  id bigint NOT NULL PRIMARY KEY,
  cara text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT tienda_una CHECK ("id" = 1)
);

CREATE TABLE tienda_imagenes (
  uso text COLLATE "C" NOT NULL,
  huella text COLLATE "C" NOT NULL,
  tipo text COLLATE "C" NOT NULL,
  ancho bigint,
  alto bigint,
  libre_desde bigint,
  bytes bytea NOT NULL,
  PRIMARY KEY (uso, huella),
  CONSTRAINT tienda_imagenes_uso CHECK ("uso" IN ('logo', 'icono', 'portada')),
  CONSTRAINT tienda_imagenes_huella CHECK (length("huella") = 64),
  CONSTRAINT tienda_imagenes_tipo CHECK ("tipo" IN ('image/png', 'image/jpeg', 'image/webp', 'image/svg+xml')),
  CONSTRAINT tienda_imagenes_bytes CHECK (length("bytes") BETWEEN 1 AND 524288)
);

CREATE INDEX auditoria_por_sujeto ON auditoria (sujeto_id, numero);
CREATE INDEX auditoria_por_accion ON auditoria (accion, numero);
CREATE UNIQUE INDEX usuarios_email_clave_unique ON usuarios (email_clave);
CREATE UNIQUE INDEX usuarios_cedula_unique ON usuarios (cedula);
CREATE UNIQUE INDEX usuarios_cedula_clave_unique ON usuarios (cedula_clave);
CREATE INDEX usuarios_por_rol ON usuarios (rol, id);
CREATE INDEX usuarios_por_activo ON usuarios (activo, id);
CREATE INDEX usuarios_sin_palabras ON usuarios (numero) WHERE "palabras" IS NULL AND "eliminado_en" IS NULL;
-- Words come folded and cut, so that no parser and no dictionary has a say in what is found.
CREATE INDEX usuarios_por_palabras ON usuarios USING gin (array_to_tsvector(string_to_array(palabras, ' ')));
CREATE UNIQUE INDEX confirmaciones_hash_unique ON confirmaciones (hash);
CREATE INDEX confirmaciones_por_fin ON confirmaciones (caduca_en);
CREATE INDEX correos_por_estado ON correos (estado, proximo_en);
CREATE INDEX correos_por_usuario ON correos (usuario_id);
CREATE INDEX correos_por_fin ON correos (terminado_en);
CREATE INDEX frenos_por_ultimo ON frenos (ultimo_en);
CREATE INDEX sesiones_por_usuario ON sesiones (usuario_id, id);
CREATE INDEX sesiones_por_fin ON sesiones (expira_en);
CREATE INDEX refrescos_por_sesion ON refrescos (sesion_id);
CREATE INDEX refrescos_repetibles ON refrescos (usado_en) WHERE "semilla" IS NOT NULL;
CREATE UNIQUE INDEX restablecimientos_hash_unique ON restablecimientos (hash);
CREATE INDEX restablecimientos_por_fin ON restablecimientos (caduca_en);
CREATE INDEX secretos_por_cuenta ON secretos_servicio (cuenta_id, creado_en);
CREATE UNIQUE INDEX tienda_imagenes_en_uso ON tienda_imagenes (uso) WHERE "libre_desde" IS NULL;

-- What was done stays done: the log takes lines and gives none back.
CREATE TRIGGER auditoria_sin_cambios BEFORE UPDATE OR DELETE ON auditoria
  FOR EACH ROW EXECUTE FUNCTION prohibir('the audit log is append-only');
CREATE TRIGGER auditoria_sin_vaciado BEFORE TRUNCATE ON auditoria
  FOR EACH STATEMENT EXECUTE FUNCTION prohibir('the audit log is append-only');
