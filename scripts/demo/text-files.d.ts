declare module '*.tsv' {
  const text: string
  export default text
}
declare module '*.svg' {
  const text: string
  export default text
}
