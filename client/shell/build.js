// Which build this is, and where its files with computed names are. This text serves an unpackaged shell, whose
// files have their plain names; packaging replaces it by one with a table of the hashed names.
export const build = 'development';

/// The address of a file of this build by its plain name, as 'fonts/home-regular.otf'; undefined if there is none.
export const assetUrl = (name) => new URL(name, import.meta.url).href;
