/** The style that a component does not have. */
export default undefined;
