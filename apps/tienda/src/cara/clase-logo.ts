/** The shop's mark in the header: before any script runs, and after. */
export const claseLogo = 'h-10 w-auto max-w-full object-contain object-left sm:max-w-56'
