-- Attendance, apart: the networks' own counts. Never joined to quality.
CREATE SCHEMA attendance;

CREATE TABLE attendance.frequentation ( -- [unit × period × channel]
  niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  canal VARCHAR,                    -- '' for all channels
  etat VARCHAR NOT NULL,
  accueils INTEGER,
  PRIMARY KEY (niveau, unite_id, pas, debut, canal),
  CHECK (etat IN ('ok', 'masque')),
  CHECK (niveau IN ('reseau', 'region')),
  CHECK (etat = 'ok' OR accueils IS NULL)
);
