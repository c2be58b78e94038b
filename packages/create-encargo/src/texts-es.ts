import type { Texts } from './texts.ts'

export const es: Texts = {
  help: `Uso: npm create encargo [carpeta] [-- opciones]

Crea una tienda de Encargo en una carpeta nueva: lo que la pone en marcha, su configuración, y un
lugar para páginas y textos propios. No descarga nada; eso lo hace después npm install.

  --nombre TEXTO    cómo se llama la tienda
  --moneda CODIGO   su única moneda, como USD o COP (ISO 4217); por defecto USD
  --zona ZONA       su hora, como America/Guayaquil; por defecto la de esta máquina
  --correo CORREO   el de quien la administra
  --idioma es|en    el idioma de los archivos y de estos mensajes
  --yes, -y         no pregunta nada
  --version, --help`,
  questions: {
    folder: 'Carpeta',
    nombre: 'Nombre de la tienda',
    moneda: 'Moneda',
    zona: 'Zona horaria',
    correo: 'Correo de quien administra',
  },
  refusals: {
    badFolder: (got) =>
      `«${got}» no puede ser el nombre de la carpeta: usa letras, números y guiones, como mi-tienda.`,
    badName: (got) =>
      `«${got}» no puede ser el nombre de la tienda: de 1 a 60 caracteres, sin comillas dobles ni barras invertidas.`,
    badCurrency: (got) =>
      `«${got}» no es el código de una moneda: usa uno de ISO 4217, como USD o COP.`,
    badZone: (got) => `«${got}» no es una zona horaria: usa una como America/Guayaquil.`,
    badEmail: (got) => `«${got}» no es un correo: usa uno como ana@mi-tienda.com.`,
  },
  noFolder: () => 'Falta la carpeta: npm create encargo mi-tienda.',
  notEmpty: (folder) => `La carpeta ${folder} no está vacía: elige otra, o vacíala antes.`,
  notWritable: (folder, why) =>
    `No se pudo crear la tienda en ${folder} (${why}); no quedó nada a medias.`,
  badOption: (why) => `${why}; --help dice qué opciones hay.`,
  surplus: (typed) =>
    `«${typed}» sobra: se crea una sola carpeta, y las opciones van detrás de «--», como en npm create encargo mi-tienda -- --moneda USD.`,
  cancelled: () => 'Cancelado; no se creó nada.',
  made: ({ folder, correo, manager }) => `
La tienda está en ${folder}. Ahora:

  cd ${folder}
  ${manager} install
  ${manager} run dev      una de prueba, con productos y pedidos de muestra
  ${manager} start        la de verdad, vacía, en http://127.0.0.1:3000

Entra en /gestion como ${correo}; la contraseña está en el archivo .env.
En tienda/ van las páginas y los textos propios; README.md cuenta el resto.
`,
}
