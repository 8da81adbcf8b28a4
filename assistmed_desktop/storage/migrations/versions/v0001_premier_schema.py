"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE assistant (
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        nom TEXT NOT NULL,
        prenom TEXT NOT NULL,
        profil TEXT NOT NULL,
        formation INTEGER,
        formation_voie TEXT,
        formation_inscription_le TEXT,
        formation_debut_le TEXT,
        formation_obtention_le TEXT,
        PRIMARY KEY (id),
        CONSTRAINT ck_assistant_position CHECK (position >= 0),
        CONSTRAINT ck_assistant_profil CHECK (profil IN ('secretaire_medicale', 'infirmier', 'aide_soignant',
            'auxiliaire_puericulture', 'autre_sante', 'hors_sante')),
        CONSTRAINT ck_assistant_formation CHECK (formation IN (0, 1)),
        CONSTRAINT ck_assistant_formation_voie CHECK (formation_voie IN ('cqp', 'fae')),
        CONSTRAINT ck_assistant_formation_inscription_le
            CHECK (formation_inscription_le IS date(formation_inscription_le, '+0 days')),
        CONSTRAINT ck_assistant_formation_debut_le CHECK (formation_debut_le IS date(formation_debut_le, '+0 days')),
        CONSTRAINT ck_assistant_formation_obtention_le
            CHECK (formation_obtention_le IS date(formation_obtention_le, '+0 days'))
    ) STRICT
    """,
    """
    CREATE TABLE cabinet (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        nom TEXT NOT NULL,
        adresse TEXT NOT NULL,
        code_postal TEXT NOT NULL,
        commune TEXT NOT NULL,
        departement TEXT NOT NULL,
        zonage TEXT NOT NULL,
        cpam TEXT NOT NULL,
        exercice_regroupe INTEGER NOT NULL,
        exercice_coordonne TEXT NOT NULL,
        PRIMARY KEY (cle),
        CONSTRAINT ck_cabinet_position CHECK (position >= 0),
        CONSTRAINT ck_cabinet_zonage CHECK (zonage IN ('zip', 'zac', 'hors_zone')),
        CONSTRAINT ck_cabinet_exercice_regroupe CHECK (exercice_regroupe IN (0, 1)),
        CONSTRAINT ck_cabinet_exercice_coordonne CHECK (exercice_coordonne IN ('msp', 'esp', 'ess', 'cpts',
            'centre', 'engagement', 'aucun'))
    ) STRICT
    """,
    """
    CREATE TABLE medecin (
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        nom TEXT NOT NULL,
        prenom TEXT NOT NULL,
        rpps TEXT NOT NULL,
        numero_am TEXT NOT NULL,
        specialite TEXT NOT NULL,
        secteur TEXT NOT NULL,
        installe_le TEXT NOT NULL,
        exercice_mixte INTEGER NOT NULL,
        saisi_le TEXT NOT NULL,
        retire_le TEXT,
        PRIMARY KEY (id),
        CONSTRAINT ck_medecin_position CHECK (position >= 0),
        CONSTRAINT ck_medecin_secteur CHECK (secteur IN ('1', '2_optam', '2_optam_co', '2', '3')),
        CONSTRAINT ck_medecin_installe_le CHECK (installe_le IS date(installe_le, '+0 days')),
        CONSTRAINT ck_medecin_exercice_mixte CHECK (exercice_mixte IN (0, 1))
    ) STRICT
    """,
    """
    CREATE TABLE absence (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        assistant TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        remplacement INTEGER NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(assistant) REFERENCES assistant (id),
        CONSTRAINT ck_absence_position CHECK (position >= 0),
        CONSTRAINT ck_absence_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_absence_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_absence_remplacement CHECK (remplacement IN (0, 1))
    ) STRICT
    """,
    """
    CREATE TABLE activite (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        medecin TEXT NOT NULL,
        mois TEXT NOT NULL,
        actes INTEGER NOT NULL,
        jours_travailles INTEGER NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_activite_position CHECK (position >= 0),
        CONSTRAINT ck_activite_actes CHECK (actes >= 0),
        CONSTRAINT ck_activite_jours_travailles CHECK (jours_travailles >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE contrat (
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        medecin TEXT,
        texte TEXT NOT NULL,
        option_etp TEXT NOT NULL,
        signe_le TEXT NOT NULL,
        debut_le TEXT NOT NULL,
        duree_ans INTEGER NOT NULL,
        tranche TEXT,
        reference_date TEXT NOT NULL,
        reference_patientele_mt INTEGER NOT NULL,
        reference_file_active INTEGER NOT NULL,
        objectif INTEGER,
        objectif_patientele_mt INTEGER,
        objectif_file_active INTEGER,
        objectif_evaluation_le TEXT,
        saisi_le TEXT NOT NULL,
        retire_le TEXT,
        PRIMARY KEY (id),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_contrat_position CHECK (position >= 0),
        CONSTRAINT ck_contrat_texte CHECK (texte IN ('avenant_7', 'reglement_arbitral_2023', 'convention_2024',
            'collectif_2026')),
        CONSTRAINT ck_contrat_option_etp CHECK (option_etp GLOB '[1-9]*'),
        CONSTRAINT ck_contrat_signe_le CHECK (signe_le IS date(signe_le, '+0 days')),
        CONSTRAINT ck_contrat_debut_le CHECK (debut_le IS date(debut_le, '+0 days')),
        CONSTRAINT ck_contrat_duree_ans CHECK (duree_ans >= 0),
        CONSTRAINT ck_contrat_tranche CHECK (tranche IN ('P30-P50', 'P50-P70', 'P70-P90', 'P90-P95', 'P95+')),
        CONSTRAINT ck_contrat_reference_date CHECK (reference_date IS date(reference_date, '+0 days')),
        CONSTRAINT ck_contrat_reference_patientele_mt CHECK (reference_patientele_mt >= 0),
        CONSTRAINT ck_contrat_reference_file_active CHECK (reference_file_active >= 0),
        CONSTRAINT ck_contrat_objectif CHECK (objectif IN (0, 1)),
        CONSTRAINT ck_contrat_objectif_patientele_mt CHECK (objectif_patientele_mt >= 0),
        CONSTRAINT ck_contrat_objectif_file_active CHECK (objectif_file_active >= 0),
        CONSTRAINT ck_contrat_objectif_evaluation_le
            CHECK (objectif_evaluation_le IS date(objectif_evaluation_le, '+0 days'))
    ) STRICT
    """,
    """
    CREATE TABLE embauche (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        assistant TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        role TEXT NOT NULL,
        heures_hebdo REAL NOT NULL,
        employeur TEXT NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(assistant) REFERENCES assistant (id),
        CONSTRAINT ck_embauche_position CHECK (position >= 0),
        CONSTRAINT ck_embauche_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_embauche_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_embauche_role CHECK (role IN ('tiers_temps', 'mi_temps', 'temps_plein')),
        CONSTRAINT ck_embauche_heures_hebdo CHECK (heures_hebdo > 0),
        CONSTRAINT ck_embauche_employeur CHECK (employeur IN ('medecin', 'groupement_employeurs', 'sisa', 'scm',
            'scp'))
    ) STRICT
    """,
    """
    CREATE TABLE mission (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        assistant TEXT NOT NULL,
        domaine TEXT NOT NULL,
        tache TEXT NOT NULL,
        minutes_semaine INTEGER NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        minutes_medecin_liberees INTEGER,
        PRIMARY KEY (cle),
        FOREIGN KEY(assistant) REFERENCES assistant (id),
        CONSTRAINT ck_mission_position CHECK (position >= 0),
        CONSTRAINT ck_mission_domaine CHECK (domaine IN ('administratif', 'consultation', 'coordination')),
        CONSTRAINT ck_mission_minutes_semaine CHECK (minutes_semaine >= 0),
        CONSTRAINT ck_mission_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_mission_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_mission_minutes_medecin_liberees CHECK (minutes_medecin_liberees >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE mouvement (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        medecin TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT NOT NULL,
        entrees INTEGER NOT NULL,
        deces INTEGER NOT NULL,
        departs INTEGER NOT NULL,
        autres_sorties INTEGER NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_mouvement_position CHECK (position >= 0),
        CONSTRAINT ck_mouvement_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_mouvement_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_mouvement_entrees CHECK (entrees >= 0),
        CONSTRAINT ck_mouvement_deces CHECK (deces >= 0),
        CONSTRAINT ck_mouvement_departs CHECK (departs >= 0),
        CONSTRAINT ck_mouvement_autres_sorties CHECK (autres_sorties >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE releve (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        medecin TEXT NOT NULL,
        date TEXT NOT NULL,
        patientele_mt INTEGER,
        file_active INTEGER,
        source TEXT NOT NULL,
        note TEXT NOT NULL,
        saisi_le TEXT NOT NULL,
        retire_le TEXT,
        PRIMARY KEY (cle),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_releve_position CHECK (position >= 0),
        CONSTRAINT ck_releve_date CHECK (date IS date(date, '+0 days')),
        CONSTRAINT ck_releve_patientele_mt CHECK (patientele_mt >= 0),
        CONSTRAINT ck_releve_file_active CHECK (file_active >= 0),
        CONSTRAINT ck_releve_source CHECK (source IN ('cpam', 'amelipro', 'logiciel', 'estimation'))
    ) STRICT
    """,
    """
    CREATE TABLE adherent (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        medecin TEXT NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        FOREIGN KEY(medecin) REFERENCES medecin (id),
        CONSTRAINT ck_adherent_position CHECK (position >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE affectation (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        assistant TEXT NOT NULL,
        contrat TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        etp TEXT NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(assistant) REFERENCES assistant (id),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        CONSTRAINT ck_affectation_position CHECK (position >= 0),
        CONSTRAINT ck_affectation_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_affectation_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_affectation_etp CHECK (etp GLOB '[1-9]*')
    ) STRICT
    """,
    """
    CREATE TABLE avenant (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        type TEXT NOT NULL,
        du TEXT NOT NULL,
        au TEXT,
        option_etp TEXT,
        objectif INTEGER,
        objectif_patientele_mt INTEGER,
        objectif_file_active INTEGER,
        objectif_evaluation_le TEXT,
        adresse TEXT,
        code_postal TEXT,
        commune TEXT,
        departement TEXT,
        zonage TEXT,
        motif TEXT NOT NULL,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        CONSTRAINT ck_avenant_position CHECK (position >= 0),
        CONSTRAINT ck_avenant_type CHECK (type IN ('suspension', 'option', 'objectif', 'adresse', 'resiliation')),
        CONSTRAINT ck_avenant_du CHECK (du IS date(du, '+0 days')),
        CONSTRAINT ck_avenant_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_avenant_option_etp CHECK (option_etp GLOB '[1-9]*'),
        CONSTRAINT ck_avenant_objectif CHECK (objectif IN (0, 1)),
        CONSTRAINT ck_avenant_objectif_patientele_mt CHECK (objectif_patientele_mt >= 0),
        CONSTRAINT ck_avenant_objectif_file_active CHECK (objectif_file_active >= 0),
        CONSTRAINT ck_avenant_objectif_evaluation_le
            CHECK (objectif_evaluation_le IS date(objectif_evaluation_le, '+0 days')),
        CONSTRAINT ck_avenant_zonage CHECK (zonage IN ('zip', 'zac', 'hors_zone'))
    ) STRICT
    """,
    """
    CREATE TABLE versement (
        position INTEGER NOT NULL,
        cle INTEGER NOT NULL,
        contrat TEXT NOT NULL,
        annee_contrat INTEGER NOT NULL,
        echeance_le TEXT,
        montant_du INTEGER,
        recu_le TEXT,
        montant_recu INTEGER,
        reference TEXT NOT NULL,
        saisi_le TEXT NOT NULL,
        retire_le TEXT,
        PRIMARY KEY (cle),
        FOREIGN KEY(contrat) REFERENCES contrat (id),
        CONSTRAINT ck_versement_position CHECK (position >= 0),
        CONSTRAINT ck_versement_annee_contrat CHECK (annee_contrat >= 0),
        CONSTRAINT ck_versement_echeance_le CHECK (echeance_le IS date(echeance_le, '+0 days')),
        CONSTRAINT ck_versement_montant_du CHECK (montant_du >= 0),
        CONSTRAINT ck_versement_recu_le CHECK (recu_le IS date(recu_le, '+0 days')),
        CONSTRAINT ck_versement_montant_recu CHECK (montant_recu >= 0)
    ) STRICT
    """,
)


def upgrade() -> None:
    """Make every table."""
    for table in TABLES:
        op.execute(table)
