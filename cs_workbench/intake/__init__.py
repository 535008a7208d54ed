"""Files from elsewhere become plain records with their problems; nothing is written here."""
