"""What is asked and what is answered: the records that everything else passes on."""
