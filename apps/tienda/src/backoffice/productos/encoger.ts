/** The longer side of a picture in the shop, in pixels: twice what the widest place shows of it. */
const ladoMaximo = 1600
/** Up to here a picture is sent as it is, and loses nothing. */
const pocoBytes = 512 * 1024
const calidad = 0.85

/** The first one that the browser can write; JPEG, which all can, knows nothing of what shines through. */
const formatos = ['image/webp', 'image/jpeg'] as const

interface Medida {
  readonly ancho: number
  readonly alto: number
}

/** As large as the shop shows it, in the same proportion; what is smaller stays. */
function medidaJusta({ ancho, alto }: Medida): Medida {
  const factor = Math.min(1, ladoMaximo / Math.max(ancho, alto))
  return {
    ancho: Math.max(1, Math.round(ancho * factor)),
    alto: Math.max(1, Math.round(alto * factor)),
  }
}

async function dibujar(imagen: ImageBitmap, tipo: (typeof formatos)[number]): Promise<Blob> {
  const { ancho, alto } = medidaJusta({ ancho: imagen.width, alto: imagen.height })
  const lienzo = new OffscreenCanvas(ancho, alto)
  const pincel = lienzo.getContext('2d')
  if (!pincel) throw new Error('this browser draws nothing')
  if (tipo === 'image/jpeg') {
    pincel.fillStyle = '#fff'
    pincel.fillRect(0, 0, ancho, alto)
  }
  pincel.imageSmoothingQuality = 'high'
  pincel.drawImage(imagen, 0, 0, ancho, alto)
  return await lienzo.convertToBlob({ type: tipo, quality: calidad })
}

async function redibujada(imagen: ImageBitmap, nombre: string): Promise<File | undefined> {
  for (const tipo of formatos) {
    const hecha = await dibujar(imagen, tipo)
    // A browser that can't write a type writes another.
    if (hecha.type === tipo) return new File([hecha], nombre, { type: tipo })
  }
  return undefined
}

/** Small enough as it is. */
export const esPequena = ({ size }: File) => size <= pocoBytes

/**
 * A picture as the shop needs it: cameras make them ten times as large, and write into them where they
 * were. It is drawn anew the right way up, so nothing of that is left. Undefined where this browser
 * cannot read it.
 */
export async function encoger(archivo: File): Promise<File | undefined> {
  let imagen: ImageBitmap | undefined
  try {
    imagen = await createImageBitmap(archivo, { imageOrientation: 'from-image' })
    return await redibujada(imagen, archivo.name)
  } catch {
    return undefined
  } finally {
    imagen?.close()
  }
}
