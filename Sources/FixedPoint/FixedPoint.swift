// Filled by the first pass of this module.
