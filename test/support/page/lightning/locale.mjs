/** The reader's locale, which the platform hands to components. */
export default 'en-GB';
