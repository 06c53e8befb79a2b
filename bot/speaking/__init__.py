"""What tells who speaks beyond verbs: the kind of a speaker, the turns of an interview or a transcript."""
