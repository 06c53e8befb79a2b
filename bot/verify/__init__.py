"""One drafted sentence and the passages it was written from into its proof, or what is wrong with it."""
