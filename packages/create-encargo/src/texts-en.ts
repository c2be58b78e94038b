import type { Texts } from './texts.ts'

export const en: Texts = {
  help: `Usage: npm create encargo [folder] [-- options]

Makes an Encargo shop in a new folder: what starts it, its settings, and a place for pages and texts
of its own. It downloads nothing; npm install does that afterwards.

  --nombre TEXT     what the shop is called
  --moneda CODE     its one currency, such as USD or COP (ISO 4217); USD unless told
  --zona ZONE       its time, such as America/Guayaquil; this machine's unless told
  --correo E-MAIL   of whoever administers it
  --idioma es|en    the language of the files and of these messages
  --yes, -y         asks nothing
  --version, --help`,
  questions: {
    folder: 'Folder',
    nombre: 'Name of the shop',
    moneda: 'Currency',
    zona: 'Time zone',
    correo: "Administrator's e-mail",
  },
  refusals: {
    badFolder: (got) =>
      `"${got}" cannot be the folder's name: use letters, digits and hyphens, as in my-shop.`,
    badName: (got) =>
      `"${got}" cannot be the shop's name: 1 to 60 characters, without double quotes and backslashes.`,
    badCurrency: (got) =>
      `"${got}" is not the code of a currency: use one of ISO 4217, such as USD or COP.`,
    badZone: (got) => `"${got}" is not a time zone: use one such as America/Guayaquil.`,
    badEmail: (got) => `"${got}" is not an e-mail address: use one such as ana@my-shop.com.`,
  },
  noFolder: () => 'The folder is missing: npm create encargo my-shop.',
  notEmpty: (folder) => `The folder ${folder} is not empty: choose another, or empty it first.`,
  notWritable: (folder, why) =>
    `The shop could not be made in ${folder} (${why}); nothing was left half done.`,
  badOption: (why) => `${why}; --help says what options there are.`,
  surplus: (typed) =>
    `"${typed}" is one too many: a shop is one folder, and options come after "--", as in npm create encargo my-shop -- --moneda USD.`,
  cancelled: () => 'Cancelled; nothing was made.',
  made: ({ folder, correo, manager }) => `
The shop is in ${folder}. Now:

  cd ${folder}
  ${manager} install
  ${manager} run dev      one to try, with sample products and orders
  ${manager} start        the real one, empty, at http://127.0.0.1:3000

Log in at /gestion as ${correo}; the password is in the file .env.
Pages and texts of your own go into tienda/; README.md tells the rest.
`,
}
