-- Which pictures are in use follows from the products, whoever writes them and however: `libre_desde`
-- is the time of the write that took the last product's hands off a picture. 11 is where the hash
-- begins in '/imagenes/<hash>'.
CREATE TRIGGER `imagenes_nombrada_alta` AFTER INSERT ON `productos`
WHEN new.imagen_url GLOB '/imagenes/*' BEGIN
	UPDATE `imagenes` SET libre_desde = NULL WHERE hash = substr(new.imagen_url, 11);
END;
--> statement-breakpoint
CREATE TRIGGER `imagenes_nombrada_cambio` AFTER UPDATE OF imagen_url ON `productos`
WHEN new.imagen_url GLOB '/imagenes/*' BEGIN
	UPDATE `imagenes` SET libre_desde = NULL WHERE hash = substr(new.imagen_url, 11);
END;
--> statement-breakpoint
CREATE TRIGGER `imagenes_soltada` AFTER UPDATE OF imagen_url ON `productos`
WHEN old.imagen_url GLOB '/imagenes/*' AND old.imagen_url IS NOT new.imagen_url BEGIN
	UPDATE `imagenes` SET libre_desde = new.actualizado_en
	WHERE hash = substr(old.imagen_url, 11)
		AND NOT EXISTS (SELECT 1 FROM `productos` WHERE imagen_url = old.imagen_url);
END;
