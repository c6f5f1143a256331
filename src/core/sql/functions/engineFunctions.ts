/** The embedded engine's own function for the MD5 of a text in UTF-8, as 32 hexadecimal digits; null for null. */
export const md5Function = 'modelyard_md5';
