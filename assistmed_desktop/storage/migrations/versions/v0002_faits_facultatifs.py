"""The facts that a dossier may leave out: columns that are null, and tables that are empty, in an older base."""

from alembic import op

revision = "0002"
down_revision = "0001"

COLONNES = (
    "absence ADD COLUMN conges INTEGER CONSTRAINT ck_absence_conges CHECK (conges IN (0, 1))",
    """
    avenant ADD COLUMN cause TEXT CONSTRAINT ck_avenant_cause CHECK (cause IN ('medecin', 'cpam', 'demenagement',
        'specialite', 'contrat_collectif', 'autre'))
    """,
    """
    avenant ADD COLUMN notifie_le TEXT CONSTRAINT ck_avenant_notifie_le
        CHECK (notifie_le IS date(notifie_le, '+0 days'))
    """,
    """
    contrat ADD COLUMN derogation TEXT CONSTRAINT ck_contrat_derogation
        CHECK (derogation IN ('rqth', 'moins_de_16_ans'))
    """,
    """
    contrat ADD COLUMN structure TEXT CONSTRAINT ck_contrat_structure
        CHECK (structure IN ('scp', 'scm', 'sisa', 'sel'))
    """,
    """
    contrat ADD COLUMN gains_anterieurs INTEGER CONSTRAINT ck_contrat_gains_anterieurs
        CHECK (gains_anterieurs IN (0, 1))
    """,
    """
    contrat ADD COLUMN gains_anterieurs_patientele_mt INTEGER
        CONSTRAINT ck_contrat_gains_anterieurs_patientele_mt CHECK (gains_anterieurs_patientele_mt >= 0)
    """,
    """
    contrat ADD COLUMN gains_anterieurs_file_active INTEGER
        CONSTRAINT ck_contrat_gains_anterieurs_file_active CHECK (gains_anterieurs_file_active >= 0)
    """,
)

TABLES = (
    """
    CREATE TABLE adhesion (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        medecin TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        reference INTEGER,
        reference_date TEXT,
        reference_patientele_mt INTEGER,
        reference_file_active INTEGER,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_adhesion_position CHECK (position >= 0),
        CONSTRAINT ck_adhesion_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_adhesion_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_adhesion_reference CHECK (reference IN (0, 1)),
        CONSTRAINT ck_adhesion_reference_date CHECK (reference_date IS date(reference_date, '+0 days')),
        CONSTRAINT ck_adhesion_reference_patientele_mt CHECK (reference_patientele_mt >= 0),
        CONSTRAINT ck_adhesion_reference_file_active CHECK (reference_file_active >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE correction (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        medecin TEXT NOT NULL,
        indicateur TEXT NOT NULL,
        releve_le TEXT NOT NULL,
        valeur_cpam INTEGER NOT NULL,
        valeur_demandee INTEGER NOT NULL,
        demandee_le TEXT NOT NULL,
        repondue_le TEXT,
        valeur_accordee INTEGER,
        note TEXT NOT NULL,
        saisi_le TEXT NOT NULL,
        retire_le TEXT,
        PRIMARY KEY (cle),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_correction_position CHECK (position >= 0),
        CONSTRAINT ck_correction_indicateur CHECK (indicateur IN ('patientele_mt', 'file_active')),
        CONSTRAINT ck_correction_releve_le CHECK (releve_le IS date(releve_le, '+0 days')),
        CONSTRAINT ck_correction_valeur_cpam CHECK (valeur_cpam >= 0),
        CONSTRAINT ck_correction_valeur_demandee CHECK (valeur_demandee >= 0),
        CONSTRAINT ck_correction_demandee_le CHECK (demandee_le IS date(demandee_le, '+0 days')),
        CONSTRAINT ck_correction_repondue_le CHECK (repondue_le IS date(repondue_le, '+0 days')),
        CONSTRAINT ck_correction_valeur_accordee CHECK (valeur_accordee >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE cout (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        assistant TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        brut_mensuel INTEGER NOT NULL,
        charges_mensuelles INTEGER NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(assistant) REFERENCES assistant (id),
        CONSTRAINT ck_cout_position CHECK (position >= 0),
        CONSTRAINT ck_cout_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_cout_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_cout_brut_mensuel CHECK (brut_mensuel >= 0),
        CONSTRAINT ck_cout_charges_mensuelles CHECK (charges_mensuelles >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE docteur_junior (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        medecin TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_docteur_junior_position CHECK (position >= 0),
        CONSTRAINT ck_docteur_junior_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_docteur_junior_au CHECK (au IS date(au, '+0 days'))
    ) STRICT
    """,
    """
    CREATE TABLE echeance_faite (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        code TEXT NOT NULL,
        le TEXT NOT NULL,
        faite_le TEXT NOT NULL,
        note TEXT NOT NULL,
        assistant TEXT,
        saisi_le TEXT NOT NULL,
        retire_le TEXT,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        CONSTRAINT ck_echeance_faite_position CHECK (position >= 0),
        CONSTRAINT ck_echeance_faite_code CHECK (code IN ('contrat_travail_cpam', 'debut_formation',
            'qualification', 'point_etape', 'evaluation', 'fin_contrat', 'preavis', 'exercice_coordonne',
            'remplacement_secretaire', 'conservation', 'versement')),
        CONSTRAINT ck_echeance_faite_le CHECK (le IS date(le, '+0 days')),
        CONSTRAINT ck_echeance_faite_faite_le CHECK (faite_le IS date(faite_le, '+0 days'))
    ) STRICT
    """,
    """
    CREATE TABLE notification (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        annee_contrat INTEGER NOT NULL,
        montant INTEGER NOT NULL,
        notifie_le TEXT NOT NULL,
        reference TEXT NOT NULL,
        saisi_le TEXT NOT NULL,
        retire_le TEXT,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        CONSTRAINT ck_notification_position CHECK (position >= 0),
        CONSTRAINT ck_notification_annee_contrat CHECK (annee_contrat >= 0),
        CONSTRAINT ck_notification_montant CHECK (montant >= 0),
        CONSTRAINT ck_notification_notifie_le CHECK (notifie_le IS date(notifie_le, '+0 days'))
    ) STRICT
    """,
    """
    CREATE TABLE observation (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        assistant TEXT NOT NULL,
        date TEXT NOT NULL,
        minutes_medecin_liberees INTEGER NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(assistant) REFERENCES assistant (id),
        CONSTRAINT ck_observation_position CHECK (position >= 0),
        CONSTRAINT ck_observation_date CHECK (date IS date(date, '+0 days')),
        CONSTRAINT ck_observation_minutes_medecin_liberees CHECK (minutes_medecin_liberees >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE proposition (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        recue_le TEXT NOT NULL,
        option_etp TEXT,
        reference INTEGER,
        reference_date TEXT,
        reference_patientele_mt INTEGER,
        reference_file_active INTEGER,
        objectif_patientele_mt INTEGER,
        objectif_file_active INTEGER,
        objectif_evaluation_le TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        CONSTRAINT ck_proposition_position CHECK (position >= 0),
        CONSTRAINT ck_proposition_recue_le CHECK (recue_le IS date(recue_le, '+0 days')),
        CONSTRAINT ck_proposition_option_etp CHECK (option_etp GLOB '[1-9]*'),
        CONSTRAINT ck_proposition_reference CHECK (reference IN (0, 1)),
        CONSTRAINT ck_proposition_reference_date CHECK (reference_date IS date(reference_date, '+0 days')),
        CONSTRAINT ck_proposition_reference_patientele_mt CHECK (reference_patientele_mt >= 0),
        CONSTRAINT ck_proposition_reference_file_active CHECK (reference_file_active >= 0),
        CONSTRAINT ck_proposition_objectif_patientele_mt CHECK (objectif_patientele_mt >= 0),
        CONSTRAINT ck_proposition_objectif_file_active CHECK (objectif_file_active >= 0),
        CONSTRAINT ck_proposition_objectif_evaluation_le
            CHECK (objectif_evaluation_le IS date(objectif_evaluation_le, '+0 days'))
    ) STRICT
    """,
)


def upgrade() -> None:
    """Add the columns in place, so that no row is ever copied; make the tables."""
    for colonne in COLONNES:
        op.execute(f"ALTER TABLE {colonne.strip()}")
    for table in TABLES:
        op.execute(table)
